package dev.remit.proxy.resolve;

/// Says that a value is exactly a visible column of a table, handed up unchanged.
public record ColumnOrigin(TableUse table, VisibleColumn column) {}
