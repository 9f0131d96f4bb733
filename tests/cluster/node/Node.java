import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.codelibs.opensearch.runner.OpenSearchRunner;
import org.opensearch.common.settings.Settings;

/**
 * One node of a cluster on this machine, in a process of its own, so that it can be killed:
 * java Node.java FOLDER CLUSTER NUMBER OF FIRST_HTTP_PORT FIRST_TRANSPORT_PORT
 */
public class Node {
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    String cluster = args[1];
    int number = Integer.parseInt(args[2]);
    int count = Integer.parseInt(args[3]);
    int http = Integer.parseInt(args[4]);
    int transport = Integer.parseInt(args[5]);

    List<String> names = IntStream.rangeClosed(1, count).mapToObj(i -> "node-" + i).toList();
    List<String> seeds = IntStream.range(0, count).mapToObj(i -> "127.0.0.1:" + (transport + i)).toList();

    OpenSearchRunner runner = new OpenSearchRunner();
    // The runner makes a cluster of the nodes of one process; these settings come after its own.
    runner.onBuild((ignored, settings) -> {
      settings.put("cluster.name", cluster);
      settings.put("node.name", "node-" + number);
      settings.put("network.host", "127.0.0.1");
      settings.put("http.port", String.valueOf(http + number - 1));
      settings.put("transport.port", String.valueOf(transport + number - 1));
      settings.put("discovery.type", "zen");
      settings.putList("discovery.seed_hosts", seeds);
      settings.putList("cluster.initial_cluster_manager_nodes", names);
      settings.putList("path.repo", folder.resolve("snapshots").toString());
      // As docs/cluster.md recommends, for queries with many spellings.
      settings.put("indices.query.bool.max_clause_count", 4096);
      // And as it recommends for replicas, which are copied at 40 MB/s otherwise.
      settings.put("indices.recovery.max_bytes_per_sec", "200mb");
      // Of the disk of a machine that tests run on, much may be in use by others.
      settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
    });
    runner.setMaxHttpPort(65535); // else it refuses ports above 9299
    runner.build(OpenSearchRunner.newConfigs()
        .basePath(folder.resolve("node-" + number).toString())
        .clusterName(cluster)
        .numOfNode(1)
        .baseHttpPort(http - 1));
    Thread.currentThread().join();
  }
}
