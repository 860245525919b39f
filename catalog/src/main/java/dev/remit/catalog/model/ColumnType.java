package dev.remit.catalog.model;

/// A column's PostgreSQL type.
///
/// @param oid type OID at the source
/// @param schema schema of the type, for example `pg_catalog`
/// @param name `pg_type.typname`, for example `varchar`
/// @param modifier `atttypmod`, -1 when there is none
/// @param formatted `format_type(oid, modifier)`, fully usable in a cast, for example `character
///   varying(40)`; schema-qualified and quoted outside `pg_catalog`
/// @param category `pg_type.typcategory`, for example `S` string, `N` numeric, `D` date/time, `A`
///   array, `E` enum, `U` user-defined
public record ColumnType(
    long oid, String schema, String name, int modifier, String formatted, char category) {}
