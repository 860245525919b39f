/// The whole of Remit as one process: what is wired to what, how it starts and stops, its command
/// line.
///
/// Enters: arguments, `remit.yaml`, the environment. Leaves: exit codes and a running server.
/// Guaranteed: the object graph of a tenant stands in [dev.remit.server.Wiring] alone; nothing is
/// static, so one process can hold several.
@NullMarked
package dev.remit.server;

import org.jspecify.annotations.NullMarked;
