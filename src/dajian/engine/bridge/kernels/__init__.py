"""What is compiled by numba. Only `dajian.engine.bridge.compiled` imports these modules, and only to compile them."""
