"""What more data costs: Heard measured against the same work in plain SQL and in bare Django, in one run.

`make bench` fills databases with 1k, 10k and 100k people (ten contacts each), serves Heard, a plain SQL server and a
bare Django REST framework server from each, and asks all three for the same work. It is never a timed test.
"""
