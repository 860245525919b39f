package dev.remit.server.process;

import dev.remit.platform.config.RemitConfiguration;
import dev.remit.platform.config.RemitConfiguration.Mode;
import dev.remit.platform.disk.FolderLock;
import dev.remit.platform.disk.Folders;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.nio.file.Path;
import java.util.List;

/// Forgets everything: what `up --fresh` does before it starts.
public final class FreshStart {
  private FreshStart() {}

  /// Deletes store, keys, certificate and passwords of the folder. Refused outside development,
  /// with an external store, and while a server runs there.
  public static void delete(DataFolder folder, RemitConfiguration configuration) {
    if (configuration.mode() != Mode.DEVELOPMENT) {
      throw new RemitException(
          ErrorCode.FORBIDDEN, "--fresh deletes everything and is for mode: development only");
    }
    if (configuration.db().url().isPresent()) {
      throw new RemitException(
          ErrorCode.FORBIDDEN,
          "--fresh does not delete an external store; drop its schemas yourself, then start");
    }
    try (FolderLock _ = FolderLock.take(folder.root(), "lock");
        FolderLock _ = FolderLock.take(folder.postgres(), "lock")) {
      for (Path path :
          List.of(
              folder.postgres().resolve("data"),
              folder.postgres().resolve("log"),
              folder.postgres().resolve("passwords"),
              folder.postgres().resolve("port"),
              folder.keys(),
              folder.tls(),
              folder.root().resolve("users"),
              folder.operatorToken(),
              folder.serverState())) {
        Folders.delete(path);
      }
    }
  }
}
