package dev.remit.proxy;

import com.ongres.scram.client.ScramClient;
import dev.remit.proxy.wire.FrontendMessages;
import io.vertx.core.buffer.Buffer;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A client that sends exactly the bytes a test wants and shows every message that comes back.
final class RawClient implements AutoCloseable {
  final Socket socket;
  private final DataInputStream in;

  /// A message of the server: its type and its body.
  record Message(char type, Buffer body) {
    /// The fields of an ErrorResponse, for example `C` for the SQLSTATE.
    String field(char code) {
      for (String field : body.toString(StandardCharsets.UTF_8).split("\0")) {
        if (!field.isEmpty() && field.charAt(0) == code) {
          return field.substring(1);
        }
      }
      return "";
    }
  }

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    in = new DataInputStream(socket.getInputStream());
  }

  /// Connects and logs in as the fixture's user.
  static RawClient loggedIn(int port) throws Exception {
    RawClient client = new RawClient(port);
    client.startup(Map.of());
    client.logIn(ProxyFixture.PASSWORD);
    client.typesUntil('Z');
    return client;
  }

  void send(Buffer bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes());
    socket.getOutputStream().flush();
  }

  void startup(Map<String, String> more) throws IOException {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("user", ProxyFixture.USER);
    parameters.put("database", "crm");
    parameters.putAll(more);
    Buffer out = Buffer.buffer();
    FrontendMessages.startup(out, parameters);
    send(out);
  }

  void logIn(String password) throws Exception {
    Message offer = read();
    while (offer.type() == 'v') {
      offer = read();
    }
    ScramClient scram =
        ScramClient.builder()
            .advertisedMechanisms(List.of("SCRAM-SHA-256"))
            .username("*")
            .password(password.toCharArray())
            .build();
    Buffer first = Buffer.buffer();
    FrontendMessages.saslInitialResponse(
        first, "SCRAM-SHA-256", scram.clientFirstMessage().toString());
    send(first);
    Message challenge = read();
    scram.serverFirstMessage(challenge.body().getString(4, challenge.body().length()));
    Buffer last = Buffer.buffer();
    FrontendMessages.saslResponse(last, scram.clientFinalMessage().toString());
    send(last);
  }

  Message read() throws IOException {
    int type = in.read();
    if (type < 0) {
      throw new EOFException("the server closed the connection");
    }
    byte[] body = new byte[in.readInt() - 4];
    in.readFully(body);
    return new Message((char) type, Buffer.buffer(body));
  }

  boolean hasAnswer() throws IOException {
    return in.available() > 0;
  }

  int readByte() throws IOException {
    return in.read();
  }

  List<Message> readUntil(char type) throws IOException {
    List<Message> messages = new ArrayList<>();
    do {
      messages.add(read());
    } while (messages.getLast().type() != type);
    return messages;
  }

  /// The types of all messages up to the given one, as one word.
  String typesUntil(char type) throws IOException {
    StringBuilder types = new StringBuilder();
    readUntil(type).forEach(message -> types.append(message.type()));
    return types.toString();
  }

  byte[] readAll() throws IOException {
    return in.readAllBytes();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
