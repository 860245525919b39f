package dev.remit.proxy.resolve;

/// One column a principal sees.
///
/// @param typeOid type at the source, 0 when unknown
/// @param masked whether its values went through a mask
/// @param personal whether it is tagged as personal data
public record VisibleColumn(String name, long typeOid, boolean masked, boolean personal) {}
