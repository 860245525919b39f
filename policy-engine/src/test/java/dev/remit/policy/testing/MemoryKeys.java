package dev.remit.policy.testing;

import dev.remit.platform.crypto.KeyRing;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key ring that only derives, from a fixed secret.
public final class MemoryKeys implements KeyRing {
  @Override
  public byte[] derive(String keyName, String context) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(keyName.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(context.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  @Override
  public byte[] sign(String keyName, byte[] message) {
    throw new UnsupportedOperationException("policies sign nothing");
  }

  @Override
  public byte[] publicKey(String keyName) {
    throw new UnsupportedOperationException("policies sign nothing");
  }

  @Override
  public byte[] seal(String keyName, byte[] plaintext, byte[] context) {
    throw new UnsupportedOperationException("policies seal nothing");
  }

  @Override
  public byte[] unseal(String keyName, byte[] sealed, byte[] context) {
    throw new UnsupportedOperationException("policies seal nothing");
  }

  @Override
  public void close() {}
}
