package io.hubbub.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Who is there and who talks with whom; the same for every contestant.
 *
 * @param users how many; user {@code i} is called {@code u<i>}
 * @param rooms the conversations
 */
public record World(int users, List<Room> rooms) {
  private static final long SEED = 20_260_101;

  /**
   * A conversation.
   *
   * @param id its id
   * @param direct whether it is one of two people
   * @param members numbers of users
   */
  public record Room(UUID id, boolean direct, List<Integer> members) {}

  /** Nobody talks with anybody. */
  public static World strangers(int users) {
    return new World(users, List.of());
  }

  /** Rooms of equal size over all users, one after the other; each user is in one. */
  public static World rooms(int users, int size) {
    return overlapping(users, size, users / size);
  }

  /**
   * Rooms of equal size, as many as are asked for; each user is in about {@code size * count /
   * users} of them.
   */
  public static World overlapping(int users, int size, int count) {
    Random random = new Random(SEED);
    List<Room> rooms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Integer> members = new ArrayList<>(size);
      // Strides differ from round to round, so that people meet others in each of their rooms.
      int perRound = users / size;
      int round = i / perRound;
      int stride = round % 2 == 0 ? 1 : perRound;
      for (int m = 0; m < size; m++) {
        int place = i % perRound;
        members.add(
            stride == 1
                ? (place * size + m + round * 7) % users
                : (place + m * perRound + round * 7) % users);
      }
      rooms.add(new Room(id(random), false, members));
    }
    return new World(users, rooms);
  }

  /** Pairs: user 0 with 1, 2 with 3 and so on. */
  public static World pairs(int users) {
    Random random = new Random(SEED);
    List<Room> rooms = new ArrayList<>();
    for (int i = 0; i + 1 < users; i += 2) {
      rooms.add(new Room(id(random), true, List.of(i, i + 1)));
    }
    return new World(users, rooms);
  }

  /** These people and rooms, and others who know nobody of them. */
  public World and(World others) {
    List<Room> all = new ArrayList<>(rooms);
    for (Room room : others.rooms()) {
      List<Integer> members = room.members().stream().map(member -> member + users).toList();
      // Other bits than those of the same place in this world.
      UUID id =
          new UUID(
              room.id().getMostSignificantBits() ^ (0xFL << 20),
              ~room.id().getLeastSignificantBits() ^ (3L << 62));
      all.add(new Room(id, room.direct(), members));
    }
    return new World(users + others.users(), all);
  }

  /** The rooms of each user. */
  public List<List<Room>> roomsByUser() {
    List<List<Room>> all = new ArrayList<>();
    for (int i = 0; i < users; i++) {
      all.add(new ArrayList<>(1));
    }
    for (Room room : rooms) {
      for (int member : room.members()) {
        all.get(member).add(room);
      }
    }
    return all;
  }

  /** What user {@code i} is called. */
  public static String name(int i) {
    return "u" + i;
  }

  private static UUID id(Random random) {
    long high = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
