package dev.remit.policy.model;

/// A value that a mask or filter needs, sent to the source as bound parameter and never as text of
/// the statement.
///
/// @param type PostgreSQL type name in `pg_catalog`, for example `text`, `bytea`, `timestamptz`
/// @param text the value in that type's text form
public record PolicyValue(String type, String text) {}
