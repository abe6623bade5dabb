"""How fast the product is, beside a bare floor on the same server in the same run."""
