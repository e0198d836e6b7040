"""The only package that touches a graph engine: graphs, build directories, query workers."""
