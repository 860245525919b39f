package dev.remit.sql.model;

/// What one statement asks for: rows ([Query]) or something done ([Command]).
public sealed interface Statement permits Query, Command {}
