package io.hubbub.system.harness;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stand-in for the API server of Kubernetes, over TLS: fabric8's mock, before which stands what
 * the real one has and the mock has not, a token and a role. It knows the pods of services by
 * endpoint slices, which are read as the real ones are.
 */
public final class KubernetesApi implements AutoCloseable {
  /** What the pods' service account shows. */
  public static final String TOKEN = "the-token-of-the-pods-service-account";

  private static final Logger TALK = Logger.getLogger(MockWebServer.class.getName());
  private static final Pattern LISTED =
      Pattern.compile("/apis/([^/]+)/[^/]+/namespaces/([^/]+)/([^/?]+)(?:\\?.*)?");

  private final String namespace;
  private final Role role;
  private final MockWebServer web = new MockWebServer();
  private final KubernetesCrudDispatcher held = new KubernetesCrudDispatcher();
  private final KubernetesMockServer server =
      new KubernetesMockServer(new Context(), web, new HashMap<>(), new Guard(), true);
  private final List<String> refused = new CopyOnWriteArrayList<>();

  private KubernetesApi(String namespace, Role role) {
    this.namespace = namespace;
    this.role = role;
  }

  /**
   * Starts one.
   *
   * @param role what the bearer of {@link #TOKEN} may do in the namespace, and nothing else
   */
  public static KubernetesApi start(String namespace, Role role) {
    TALK.setLevel(Level.WARNING);
    KubernetesApi api = new KubernetesApi(namespace, role);
    api.server.init(InetAddress.getLoopbackAddress(), 0);
    return api;
  }

  /**
   * Makes endpoint slices of a service. Its pods are here and not ready; as they share an address,
   * each has a port of its own, and with it a slice.
   */
  public void pods(String service, List<Integer> ports) {
    for (int port : ports) {
      hold(
          new EndpointSliceBuilder()
              .withNewMetadata()
              .withName(service + "-" + port)
              .withNamespace(namespace)
              .addToLabels("kubernetes.io/service-name", service)
              .endMetadata()
              .withAddressType("IPv4")
              .addNewPort()
              .withName("cluster")
              .withPort(port)
              .endPort()
              .addNewEndpoint()
              .withAddresses(Place.HERE.address())
              .withNewConditions()
              .withReady(false)
              .endConditions()
              .withNewTargetRef()
              .withKind("Pod")
              .withName("pod-" + port)
              .endTargetRef()
              .endEndpoint()
              .build());
    }
  }

  private void hold(EndpointSlice slice) {
    RecordedRequest request =
        new RecordedRequest(
            "HTTP/1.1",
            HttpMethod.POST,
            "/apis/discovery.k8s.io/v1/namespaces/" + namespace + "/endpointslices",
            Headers.builder().build(),
            new Buffer(Serialization.asJson(slice).getBytes(StandardCharsets.UTF_8)));
    if (held.dispatch(request).code() != 201) {
      throw new IllegalStateException("the mock does not take " + slice);
    }
  }

  /**
   * What makes the Kubernetes client of a node's JVM come here instead of {@code
   * kubernetes.default.svc}, show a token instead of that in the pod's file, go by the slices'
   * ports, and ask once only.
   */
  public List<String> reachedBy(String token) throws IOException {
    return flags(server.getPort(), token, certificate());
  }

  /** The same where nobody listens. */
  public List<String> butAt(int port) throws IOException {
    return flags(port, TOKEN, certificate());
  }

  private String certificate() throws IOException {
    return Files.readString(Path.of(web.getSelfSignedCertificate().certificatePath()));
  }

  private static List<String> flags(int port, String token, String certificate) {
    return List.of(
        "-Dhazelcast.kubernetes.kubernetes-master=https://127.0.0.1:" + port,
        "-Dhazelcast.kubernetes.api-token=" + token,
        "-Dhazelcast.kubernetes.ca-certificate=" + certificate,
        "-Dhazelcast.kubernetes.service-port=0",
        "-Dhazelcast.kubernetes.kubernetes-api-retries=0");
  }

  /** What was asked with the right token and not allowed, as {@code GET /path}. */
  public List<String> refused() {
    return List.copyOf(refused);
  }

  private boolean allows(RecordedRequest request) {
    Matcher listed = LISTED.matcher(request.getPath());
    return request.method() == HttpMethod.GET
        && listed.matches()
        && listed.group(2).equals(namespace)
        && role.getRules().stream().anyMatch(rule -> lists(rule, listed.group(1), listed.group(3)));
  }

  private static boolean lists(PolicyRule rule, String group, String resource) {
    return rule.getApiGroups().contains(group)
        && rule.getResources().contains(resource)
        && rule.getVerbs().contains("list");
  }

  @Override
  public void close() {
    server.destroy();
  }

  /** Answers as the real one does whom it does not know (401) and who may not (403). */
  private final class Guard extends Dispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      if (!("Bearer " + TOKEN).equals(request.getHeader("Authorization"))) {
        return refusal(401, "Unauthorized");
      }
      if (!allows(request)) {
        refused.add(request.getMethod() + " " + request.getPath());
        return refusal(403, "Forbidden");
      }
      return held.dispatch(request);
    }

    private MockResponse refusal(int code, String reason) {
      JsonObject status =
          new JsonObject()
              .put("kind", "Status")
              .put("apiVersion", "v1")
              .put("status", "Failure")
              .put("reason", reason)
              .put("code", code);
      return new MockResponse().setResponseCode(code).setBody(status.encode());
    }
  }
}
