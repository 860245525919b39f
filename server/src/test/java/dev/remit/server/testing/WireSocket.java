package dev.remit.server.testing;

import com.ongres.scram.client.ScramClient;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// A client of the wire that sends exactly the bytes a test wants: in clear, or encrypted and
/// logged in.
public final class WireSocket implements AutoCloseable {
  private static final int LIMIT_MILLISECONDS = 10_000;
  private static final int TLS_REQUEST = 80_877_103;
  private static final int PROTOCOL = 3 << 16;
  private final Socket socket;
  private final DataInputStream in;

  /// One message of the server, its body as text.
  public record Message(char type, String body) {
    /// A field of an error, for example `C` for its SQLSTATE; empty when it has none.
    public String field(char code) {
      return List.of(body.split("\0")).stream()
          .filter(field -> !field.isEmpty() && field.charAt(0) == code)
          .map(field -> field.substring(1))
          .findFirst()
          .orElse("");
    }
  }

  private WireSocket(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(LIMIT_MILLISECONDS);
    this.in = new DataInputStream(socket.getInputStream());
  }

  /// Connects and says nothing.
  public static WireSocket inClear(int port) throws IOException {
    return new WireSocket(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /// Connects and encrypts; the certificate is not looked at.
  public static WireSocket encrypted(int port) throws IOException {
    WireSocket clear = inClear(port);
    clear.send(ByteBuffer.allocate(8).putInt(8).putInt(TLS_REQUEST).array());
    int answer = clear.in.read();
    if (answer != 'S') {
      throw new IOException("the port does not encrypt: " + answer);
    }
    return new WireSocket(
        trusting().getSocketFactory().createSocket(clear.socket, "localhost", port, true));
  }

  /// Connects, encrypts and logs in, up to the first ReadyForQuery.
  public static WireSocket loggedIn(
      int port, String user, String password, String source, String purpose) throws Exception {
    WireSocket client = encrypted(port);
    client.startup(
        PROTOCOL, "user", user, "database", source, "options", "-c remit.purpose=" + purpose);
    client.authenticate(password);
    client.readUntil('Z');
    return client;
  }

  /// Sends a startup packet.
  public void startup(int version, String... parameters) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (String part : parameters) {
      text.writeBytes(part.getBytes(StandardCharsets.UTF_8));
      text.write(0);
    }
    text.write(0);
    send(
        ByteBuffer.allocate(8 + text.size())
            .putInt(8 + text.size())
            .putInt(version)
            .put(text.toByteArray())
            .array());
  }

  private void authenticate(String password) throws Exception {
    read();
    ScramClient scram =
        ScramClient.builder()
            .advertisedMechanisms(List.of("SCRAM-SHA-256"))
            .username("*")
            .password(password.toCharArray())
            .build();
    byte[] first = scram.clientFirstMessage().toString().getBytes(StandardCharsets.UTF_8);
    message(
        'p',
        ByteBuffer.allocate(18 + first.length)
            .put("SCRAM-SHA-256\0".getBytes(StandardCharsets.UTF_8))
            .putInt(first.length)
            .put(first)
            .array());
    scram.serverFirstMessage(read().body().substring(4));
    message('p', scram.clientFinalMessage().toString().getBytes(StandardCharsets.UTF_8));
  }

  /// Sends a simple query.
  public void query(String statement) throws IOException {
    message('Q', (statement + "\0").getBytes(StandardCharsets.UTF_8));
  }

  /// Sends a message with its right length.
  public void message(char type, byte[] body) throws IOException {
    send(
        ByteBuffer.allocate(5 + body.length)
            .put((byte) type)
            .putInt(4 + body.length)
            .put(body)
            .array());
  }

  /// Sends the bytes as they are.
  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /// The next message.
  public Message read() throws IOException {
    int type = in.read();
    if (type < 0) {
      throw new EOFException("the server closed the connection");
    }
    byte[] body = new byte[in.readInt() - 4];
    in.readFully(body);
    return new Message((char) type, new String(body, StandardCharsets.UTF_8));
  }

  /// The last of the messages up to one of this type.
  public Message readUntil(char type) throws IOException {
    Message message = read();
    while (message.type() != type) {
      message = read();
    }
    return message;
  }

  /// Everything up to the end of the connection, as text.
  public String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static SSLContext trusting() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException failure) {
      throw new IOException("no TLS here", failure);
    }
  }

  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
