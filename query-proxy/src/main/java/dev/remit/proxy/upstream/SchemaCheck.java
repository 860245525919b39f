package dev.remit.proxy.upstream;

import dev.remit.catalog.model.SourceName;
import java.util.Optional;
import java.util.function.BiFunction;

/// How drift is found before a statement is prepared at the source.
///
/// @param sql one parameter `$1` of type `oid[]`; rows of `(oid, fingerprint)`
/// @param expected the fingerprint of a relation as last scanned; empty when it is not known, which
///   is drift as well
public record SchemaCheck(String sql, BiFunction<SourceName, Long, Optional<String>> expected) {}
