"""In which language are pages read? Chosen by the settings and the browser, said by a catalogue.

`catalogue` reads a file of `webui/translations/`, `offered` knows which languages there are and which one a
request gets, and `templates` lets templates mark their messages. What Python code says is in
`search.messages`; only this package imports Babel, and only where a language other than English is read.
"""
