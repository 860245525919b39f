/// The server as a process of the operating system: its data folder, whether it runs, how it is
/// started apart and stopped.
///
/// Enters: a folder. Leaves: where everything in it lies, and the running process. Guaranteed: a
/// process number is believed only together with its start time, so no other program is ever
/// stopped.
@NullMarked
package dev.remit.server.process;

import org.jspecify.annotations.NullMarked;
