package dev.remit.evidence.model;

/// One field of an entry with the salt that hides it in the leaf (after RFC 9901 §4.2).
///
/// @param salt 128 random bits, base64url without padding
/// @param name name of the field
/// @param value String, Long, Boolean, List or Map of these
public record Disclosure(String salt, String name, Object value) {}
