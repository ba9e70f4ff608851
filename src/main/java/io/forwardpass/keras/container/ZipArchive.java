package io.forwardpass.keras.container;

import io.forwardpass.refusal.Refusal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A zip in memory, read by its directory at the end, so that a truncated one is known at once. The JDK's own readers
 * want a file on disk, or do not notice a missing end.
 */
public final class ZipArchive {
  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int DIRECTORY_ENTRY = 0x02014b50;
  private static final int LOCAL_ENTRY = 0x04034b50;
  private static final int ENCRYPTED = 1;
  /** Deflate makes at most 1032 bytes of one: more is damage, and not worth the memory. */
  private static final long DEFLATE_LIMIT = 1032;

  private record Entry(int flags, int method, long crc, long packed, long size, long offset) {}

  private final String source;
  private final ByteBuffer zip;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  public ZipArchive(String source, byte[] bytes) {
    this.source = source;
    this.zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      readDirectory(findEnd());
    } catch (Refusal refused) {
      throw refused;
    } catch (IndexOutOfBoundsException | IllegalArgumentException cut) {
      throw damaged("its directory leads outside the file");
    }
  }

  public static boolean isZip(byte[] bytes) {
    return bytes.length >= 4 && bytes[0] == 'P' && bytes[1] == 'K'
        && ((bytes[2] == 3 && bytes[3] == 4) || (bytes[2] == 5 && bytes[3] == 6));
  }

  /** The files in it, without folders, in the order of its directory. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  public boolean has(String name) {
    return entries.containsKey(name);
  }

  public byte[] bytes(String name) {
    Entry entry = entries.get(name);
    if ((entry.flags & ENCRYPTED) != 0) {
      throw Refusal.model("Cannot read " + source + ": " + name + " in it is encrypted. Give a zip without a password.");
    }
    try {
      int at = Math.toIntExact(entry.offset);
      if (zip.getInt(at) != LOCAL_ENTRY) {
        throw damaged(name + " in it is not where its directory says");
      }
      int data = at + 30 + unsigned(at + 26) + unsigned(at + 28);
      if (entry.packed > zip.limit() - data || entry.size > DEFLATE_LIMIT * entry.packed) {
        throw damaged("the size of " + name + " in it cannot be");
      }
      byte[] packed = new byte[Math.toIntExact(entry.packed)];
      zip.get(data, packed);
      byte[] bytes = entry.method == 0 ? packed : inflate(name, entry, packed);
      CRC32 crc = new CRC32();
      crc.update(bytes);
      if (bytes.length != entry.size || crc.getValue() != entry.crc) {
        throw damaged("the checksum of " + name + " in it is wrong");
      }
      return bytes;
    } catch (IndexOutOfBoundsException | ArithmeticException cut) {
      throw damaged(name + " in it leads outside the file");
    }
  }

  private byte[] inflate(String name, Entry entry, byte[] packed) {
    if (entry.method != 8) {
      throw Refusal.model("Cannot read " + source + ": " + name + " in it is packed by method " + entry.method
          + ", and stored (0) and deflated (8) are read. Save the model again with Keras.");
    }
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed);
      byte[] bytes = new byte[Math.toIntExact(entry.size)];
      int filled = 0;
      while (filled < bytes.length) {
        int more = inflater.inflate(bytes, filled, bytes.length - filled);
        if (more == 0) {
          throw damaged(name + " in it ends too early");
        }
        filled += more;
      }
      return bytes;
    } catch (DataFormatException damage) {
      throw damaged(name + " in it does not unpack");
    } finally {
      inflater.end();
    }
  }

  private int findEnd() {
    int lowest = Math.max(0, zip.limit() - END_SIZE - 0xffff);
    for (int at = zip.limit() - END_SIZE; at >= lowest; at--) {
      if (zip.getInt(at) == END) {
        return at;
      }
    }
    throw damaged("the directory at its end is missing");
  }

  private void readDirectory(int end) {
    int count = unsigned(end + 10);
    int at = Math.toIntExact(Integer.toUnsignedLong(zip.getInt(end + 16)));
    for (int i = 0; i < count; i++) {
      if (zip.getInt(at) != DIRECTORY_ENTRY) {
        throw damaged("its directory is broken");
      }
      int nameLength = unsigned(at + 28);
      int extraLength = unsigned(at + 30);
      byte[] name = new byte[nameLength];
      zip.get(at + 46, name);
      // archives made on Windows may hold backslashes
      String path = new String(name, StandardCharsets.UTF_8).replace('\\', '/');
      if (!path.endsWith("/")) {
        entries.put(path, entry(at, at + 46 + nameLength, extraLength));
      }
      at += 46 + nameLength + extraLength + unsigned(at + 32);
    }
  }

  private Entry entry(int at, int extra, int extraLength) {
    long[] wide = {Integer.toUnsignedLong(zip.getInt(at + 24)), Integer.toUnsignedLong(zip.getInt(at + 20)),
        Integer.toUnsignedLong(zip.getInt(at + 42))};
    for (int field = extra; field + 4 <= extra + extraLength; field += 4 + unsigned(field + 2)) {
      if (unsigned(field) == 1) { // zip64: eight bytes for each of the three that did not fit into four
        int next = field + 4;
        for (int i = 0; i < wide.length; i++) {
          if (wide[i] == 0xffffffffL) {
            wide[i] = zip.getLong(next);
            next += 8;
          }
        }
      }
    }
    return new Entry(unsigned(at + 8), unsigned(at + 10), Integer.toUnsignedLong(zip.getInt(at + 16)), wide[1], wide[0], wide[2]);
  }

  private int unsigned(int at) {
    return Short.toUnsignedInt(zip.getShort(at));
  }

  private Refusal damaged(String why) {
    return Refusal.model("Cannot read " + source + ": it is a damaged or truncated zip, " + why + ". Copy the file again, in full.");
  }
}
