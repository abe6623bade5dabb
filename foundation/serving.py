"""The production server: gunicorn with threads, or waitress on Windows."""

import sys
from collections.abc import Callable
from typing import Any

from flask import Flask

from foundation import logs, ticking


def address(app: Flask) -> str:
    host = app.config["HOST"]
    return f"http://{'[' + host + ']' if ':' in host else host}:{app.config['PORT']}"


def serve(app: Flask, make_app: Callable[[], Flask]) -> None:
    """Serve until interrupted. Each worker makes an app of its own, so that no connection crosses a fork."""
    logs.to_stderr(app.config["KURSUS_LOG"])

    def in_worker() -> Flask:
        made = make_app()
        ticking.start(made)
        return made

    if sys.platform == "win32":
        import waitress

        waitress.serve(in_worker(), host=app.config["HOST"], port=app.config["PORT"], threads=8)
        return
    from gunicorn.app.base import BaseApplication
    from gunicorn.glogging import Logger

    class Lines(Logger):  # type: ignore[misc]
        """What gunicorn has to say goes where everything goes, in the same form."""

        def setup(self, cfg: Any) -> None:
            super().setup(cfg)
            self.error_log.handlers.clear()
            self.error_log.propagate = True

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            options: dict[str, Any] = {
                "bind": address(app).removeprefix("http://"),
                "workers": app.config["KURSUS_WORKERS"],
                "threads": app.config["KURSUS_THREADS"],
                "worker_class": "gthread",
                "keepalive": 15,
                "graceful_timeout": 10,
                "loglevel": "warning",
                "logger_class": Lines,
                "proc_name": "kursus",
                "control_socket_disable": True,  # two servers of one user would share its file, and nobody asks it
            }
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            return in_worker()

    Server().run()
