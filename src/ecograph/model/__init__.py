"""Namespaces, IRIs and labels: what every other part writes and reads names with."""
