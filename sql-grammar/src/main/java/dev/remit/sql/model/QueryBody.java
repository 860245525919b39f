package dev.remit.sql.model;

/// What a [Query] takes its rows from; a query itself when it stood in parentheses with clauses of
/// its own.
public sealed interface QueryBody permits Select, SetOperation, ValuesRows, Query {}
