"""What may a request say? The parameters of URLs, and the questions that they are read into.

The API, the pages, the command line, assistants and Python share one vocabulary. Start reading at `parameter`
(what a parameter is, of which kinds there are) and `question` (a search, its table of parameters, and back);
the other modules are named after what else is asked for. `search.api.endpoints` says which address takes
which table. Imports requests and what they are about; knows no addresses, no answers and no HTTP.
"""
