package dev.remit.server.start;

import dev.remit.evidence.model.Author;
import dev.remit.platform.disk.PrivateFiles;
import dev.remit.server.http.Caller;
import dev.remit.server.http.Operation;
import dev.remit.server.process.DataFolder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;

/// The administrator at the machine itself: whoever can read the token file of the data folder.
///
/// The token is made at the first start and held in memory only beside it. She holds the roles of
/// operator and officer in development; elsewhere the operator's alone. There she may appoint
/// officers, as whoever reads the data folder holds the keys as well, but not without an entry of
/// the log.
public final class LocalOperator {
  private final byte[] token;
  private final Caller caller;

  private LocalOperator(byte[] token, Caller caller) {
    this.token = token;
    this.caller = caller;
  }

  /// Reads the token file, making it when there is none.
  public static LocalOperator of(DataFolder folder, boolean development, SecureRandom random) {
    return new LocalOperator(
        PrivateFiles.password(folder.operatorToken(), random).getBytes(StandardCharsets.UTF_8),
        new Caller(
            Author.AtTheMachine.LOCAL_OPERATOR,
            development
                ? Set.of(Operation.OPERATOR, Operation.OFFICER)
                : Set.of(Operation.OPERATOR)));
  }

  /// Compares in constant time.
  public Optional<Caller> caller(String presented) {
    return MessageDigest.isEqual(token, presented.getBytes(StandardCharsets.UTF_8))
        ? Optional.of(caller)
        : Optional.empty();
  }
}
