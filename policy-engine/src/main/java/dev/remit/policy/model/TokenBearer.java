package dev.remit.policy.model;

/// Who came with a token.
///
/// @param token its id, which is no secret
public record TokenBearer(Principal owner, String token) {}
