package dev.remit.platform.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.io.IOException;
import java.util.stream.Collectors;

/// JSON of the HTTP interface, to and from records. Safe for use by any thread.
///
/// Reading is strict: unknown and repeated members, wrong types, missing required members, text
/// after the end and nesting past 64 levels are INVALID_REQUEST with the member's path. A component
/// of type `Optional` may be left out.
public final class Json {
  private static final int DEEPEST = 64;
  private static final JsonMapper MAPPER = mapper();

  private Json() {}

  /// Reads one value of the type.
  public static <T> T read(byte[] text, Class<T> type) {
    if (text.length == 0) {
      throw new RemitException(
          ErrorCode.INVALID_REQUEST, "the request needs a body of JSON; it has none");
    }
    try {
      T value = MAPPER.readValue(text, type);
      if (value == null) {
        throw new RemitException(
            ErrorCode.INVALID_REQUEST, "the request needs a JSON object; it holds null");
      }
      return value;
    } catch (UnrecognizedPropertyException unknown) {
      throw new RemitException(
          ErrorCode.INVALID_REQUEST,
          "%s is not a member here; known: %s"
              .formatted(
                  path(unknown),
                  unknown.getKnownPropertyIds().stream()
                      .map(Object::toString)
                      .sorted()
                      .collect(Collectors.joining(", "))),
          unknown);
    } catch (JsonMappingException failure) {
      Throwable cause = failure.getCause();
      if (String.valueOf(failure.getOriginalMessage()).startsWith("Null value for creator")) {
        throw new RemitException(
            ErrorCode.INVALID_REQUEST, "the member " + path(failure) + " is missing", failure);
      }
      String why =
          cause instanceof IllegalArgumentException ? ": " + cause.getMessage() : " does not fit";
      throw new RemitException(
          ErrorCode.INVALID_REQUEST, "the value of " + path(failure) + why, failure);
    } catch (JsonProcessingException failure) {
      throw new RemitException(
          ErrorCode.INVALID_REQUEST,
          "the body is not JSON at line %d, column %d"
              .formatted(
                  failure.getLocation() == null ? 0 : failure.getLocation().getLineNr(),
                  failure.getLocation() == null ? 0 : failure.getLocation().getColumnNr()),
          failure);
    } catch (IOException failure) {
      throw new IllegalStateException("reading from memory does not fail", failure);
    }
  }

  /// The value as JSON in UTF-8, on one line.
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException("an answer of ours is not JSON", failure);
    }
  }

  private static String path(JsonMappingException failure) {
    String path =
        failure.getPath().stream()
            .map(step ->
                step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "the body" : path;
  }

  private static JsonMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
    return mapper;
  }
}
