package dev.remit.proxy.state;

/// What a plan was decided under, beside the principal: when any of it differs, it is decided anew.
///
/// @param epoch of policy, principals, catalog and source
/// @param purpose as declared, empty when none is
/// @param searchPath by which bare names were resolved
public record DecisionBasis(long epoch, String purpose, String searchPath) {}
