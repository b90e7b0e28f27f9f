import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets a node do what nodes do, and write what it has loaded and compiled into {@code hubbub.aot}.
 * Run while the image is built: {@code java Train.java FOLDER-WITH-POSTGRESQL FOLDER JAVA}. Needs
 * nothing but these, and ends with an error where anything does not go as it should.
 */
public final class Train {
  private static final int FIRST = 18_081;
  private static final int SECOND = 18_082;
  private static final int MESSAGES = 3_000;
  private static final int AT_ONCE = 32;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  public static void main(String[] args) throws Exception {
    Path whole = Path.of(args[0]);
    Path shipped = Path.of(args[1]);
    Path data = whole.resolve("data");
    Process first =
        start(
            List.of(ProcessHandle.current().info().command().orElse("java")),
            whole,
            FIRST,
            "--data.dir=" + data);
    try {
      ready(first, FIRST);
      Process second =
          start(
              List.of(
                  args[2],
                  "-XX:AOTCacheOutput=" + shipped.resolve("hubbub.aot"),
                  "-Xlog:aot=error"),
              shipped,
              SECOND,
              "--database.url=" + Files.readString(data.resolve("database.url")).strip(),
              "--auth.secret=" + Files.readString(data.resolve("auth.secret")).strip(),
              "--log.format=json");
      try {
        ready(second, SECOND);
        talk();
      } finally {
        second.destroy();
        if (!second.waitFor(2, TimeUnit.MINUTES)) {
          second.destroyForcibly();
        }
      }
      if (second.exitValue() != 0) {
        throw new IOException("the second node did not stop as it should");
      }
      System.out.println("hubbub.aot: " + Files.size(shipped.resolve("hubbub.aot")) + " bytes");
    } finally {
      first.destroy();
      first.waitFor(1, TimeUnit.MINUTES);
    }
  }

  private static Process start(List<String> java, Path folder, int port, String... more)
      throws IOException {
    List<String> command = new ArrayList<>(java);
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-Dfile.encoding=UTF-8"));
    command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
    command.addAll(List.of("-jar", folder.resolve("hubbub.jar").toString()));
    command.addAll(List.of("--http.port=" + port, "--http.host=127.0.0.1"));
    command.addAll(List.of("--cluster.join=tcp", "--cluster.host=127.0.0.1"));
    command.add("--cluster.port=" + (port + 100));
    command.add("--cluster.members=127.0.0.1:" + (FIRST + 100));
    command.addAll(List.of("--drain.window=1s", "--limits.commands.per.second=0"));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).inheritIO().start();
  }

  private static void ready(Process node, int port) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (System.nanoTime() < end && node.isAlive()) {
      try {
        if (get(port, "/health/ready", "").statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // It does not listen yet.
      }
      Thread.sleep(100);
    }
    throw new IOException("the node on port " + port + " does not become ready");
  }

  /** Somebody signs up, talks to itself in a room, and reads it again. */
  private static void talk() throws Exception {
    String account = "{\"name\":\"trainee\",\"password\":\"only for a while\"}";
    post("/v1/users", "", account);
    String token = field("token", post("/v1/login", "", account));
    String room = field("id", post("/v1/rooms", token, "{\"name\":\"Training\",\"users\":[]}"));
    Semaphore open = new Semaphore(0); // Opened by the answer to hello.
    WebSocket socket =
        HTTP.newWebSocketBuilder()
            .subprotocols("hubbub.v1")
            .buildAsync(URI.create("ws://127.0.0.1:" + SECOND + "/v1/socket"), new Ears(open))
            .join();
    socket.sendText("{\"op\":\"hello\",\"id\":1,\"token\":\"" + token + "\"}", true).join();
    for (int i = 0; i < MESSAGES; i++) {
      if (!open.tryAcquire(10, TimeUnit.SECONDS)) {
        throw new IOException("message " + i + " has no answer");
      }
      String line =
          "{\"op\":\"send\",\"id\":%d,\"conversation\":\"%s\",\"key\":\"k%d\",\"body\":\"Well said, %d\"}";
      socket.sendText(line.formatted(i + 2, room, i, i), true).join();
    }
    if (!open.tryAcquire(AT_ONCE, 10, TimeUnit.SECONDS)) {
      throw new IOException("the last messages have no answer");
    }
    get(SECOND, "/v1/conversations/" + room + "/events?after=0&limit=100", token);
    get(SECOND, "/v1/conversations", token);
    get(SECOND, "/metrics", "");
    get(SECOND, "/", "");
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  private static HttpResponse<String> get(int port, String path, String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String post(String path, String token, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SECOND + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> answer =
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  private static String field(String name, String json) throws IOException {
    Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
    if (!found.find()) {
      throw new IOException("no " + name + " in " + json);
    }
    return found.group(1);
  }

  /** Gives a permit back for each answer to a message. */
  private record Ears(Semaphore open, StringBuilder text) implements WebSocket.Listener {
    private static final Pattern ANSWER = Pattern.compile("\"id\":(\\d+),\"ok\"");

    Ears(Semaphore open) {
      this(open, new StringBuilder());
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        Matcher answers = ANSWER.matcher(text);
        while (answers.find()) {
          open.release(answers.group(1).equals("1") ? AT_ONCE : 1);
        }
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
