package io.hubbub.bench.storage;

import io.hubbub.bench.machine.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** The storage measurements alone, for who works on the schema. */
public final class StorageMain {
  private StorageMain() {}

  /** The first argument is a folder for the database's files, the others are sizes in messages. */
  public static void main(String[] args) throws IOException, SQLException {
    List<Long> sizes = Arrays.stream(args).skip(1).map(Long::parseLong).toList();
    StorageTable table = new StorageTable();
    try (Database database = Database.start(Path.of(args[0]))) {
      StorageBench.run(database, sizes.isEmpty() ? StorageBench.QUICK : sizes, telling(table));
    }
    System.out.print(table.text());
  }

  /** Long runs are watched. */
  private static StorageReport telling(StorageReport report) {
    return new StorageReport() {
      @Override
      public void cost(StorageRow row) {
        System.err.println(row);
        report.cost(row);
      }

      @Override
      public void size(StorageSize size) {
        report.size(size);
      }
    };
  }
}
