"""The server's verdict laid beside the browser engine's: two programs that share nothing but the XForm."""
