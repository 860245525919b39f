package dev.remit.proxy.person;

import io.vertx.core.buffer.Buffer;

/// One parameter of a Bind, as the client sent it.
///
/// @param binary in PostgreSQL's binary form, else text
public record ParameterValue(boolean binary, Buffer bytes) {}
