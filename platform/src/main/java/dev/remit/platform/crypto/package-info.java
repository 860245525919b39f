/// Keys: who signs the log, who seals secrets, who derives tokens.
///
/// Enters: names of keys and bytes. Leaves: signatures, sealed bytes, derived secrets. Guaranteed:
/// private material never leaves the key ring except derived secrets that are asked for by name.
@NullMarked
package dev.remit.platform.crypto;

import org.jspecify.annotations.NullMarked;
