package dev.remit.proxy.source;

/// A column of a relation in `pg_catalog` or `information_schema`.
///
/// @param typeOid type at the source
public record SystemColumn(String name, long typeOid) {}
