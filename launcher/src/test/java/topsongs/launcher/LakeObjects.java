package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import topsongs.contract.Lake;

/** The raw plays as objects of the store, which a test may take away and bring back. */
final class LakeObjects {
  private final MinioClient store;

  LakeObjects(MinioClient store) {
    this.store = store;
  }

  /** The names of all that lies below plays/. */
  Set<String> plays() throws Exception {
    var names = new TreeSet<String>();
    var all =
        ListObjectsArgs.builder()
            .bucket(Lake.BUCKET)
            .prefix(Lake.PLAYS + "/")
            .recursive(true)
            .build();
    for (var object : store.listObjects(all)) {
      names.add(object.get().objectName());
    }
    return names;
  }

  /** Takes away the plays of an hour; returns what it removed, by name. */
  Map<String, byte[]> removePlays(Instant hour) throws Exception {
    var at = hour.atOffset(ZoneOffset.UTC);
    var folder =
        "%s/event_date=%s/event_hour=%d/".formatted(Lake.PLAYS, at.toLocalDate(), at.getHour());
    var removed = new TreeMap<String, byte[]>();
    for (var name : plays()) {
      if (name.startsWith(folder)) {
        removed.put(name, read(name));
        store.removeObject(RemoveObjectArgs.builder().bucket(Lake.BUCKET).object(name).build());
      }
    }
    assertThat(removed).isNotEmpty();
    return removed;
  }

  /** Puts objects, by name. */
  void put(Map<String, byte[]> objects) throws Exception {
    for (var object : objects.entrySet()) {
      var content = object.getValue();
      store.putObject(
          PutObjectArgs.builder().bucket(Lake.BUCKET).object(object.getKey()).stream(
                  new ByteArrayInputStream(content), (long) content.length, -1L)
              .build());
    }
  }

  private byte[] read(String name) throws Exception {
    try (var object =
        store.getObject(GetObjectArgs.builder().bucket(Lake.BUCKET).object(name).build())) {
      return object.readAllBytes();
    }
  }
}
