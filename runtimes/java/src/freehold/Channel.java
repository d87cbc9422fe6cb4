package freehold;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;

/** Frames over the inherited socket; runtimes/PROTOCOL.md describes them. */
final class Channel {
    static final int INIT = 1;
    static final int INVOKE = 2;
    static final int SHUTDOWN = 3;
    static final int READY = 65;
    static final int INIT_OK = 66;
    static final int INIT_ERROR = 67;
    static final int RESPONSE = 68;
    static final int ERROR = 69;

    private static final int CONTROL_FD = 3;
    private static final int FIXED_BYTES = 9;

    static final class Frame {
        final int kind;
        final Map<String, Object> header;
        final byte[] payload;

        Frame(int kind, Map<String, Object> header, byte[] payload) {
            this.kind = kind;
            this.header = header;
            this.payload = payload;
        }
    }

    private final DataInputStream in;
    private final OutputStream out;

    Channel(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = out;
    }

    /** The connection to the server. */
    static Channel inherited() throws ReflectiveOperationException {
        // The JDK has no public way to adopt a descriptor that is no file by name. The manifest opens java.io for it.
        FileDescriptor descriptor = new FileDescriptor();
        Field number = FileDescriptor.class.getDeclaredField("fd");
        number.setAccessible(true);
        number.setInt(descriptor, CONTROL_FD);
        return new Channel(new FileInputStream(descriptor), new FileOutputStream(descriptor));
    }

    void send(int kind, Map<String, Object> header, byte[] payload) throws IOException {
        byte[] head = header == null ? new byte[0] : Json.write(header).getBytes(StandardCharsets.UTF_8);
        ByteBuffer fixed = ByteBuffer.allocate(FIXED_BYTES + head.length);
        fixed.putInt(5 + head.length + payload.length).put((byte) kind).putInt(head.length).put(head);
        out.write(fixed.array());
        out.write(payload);
    }

    /** The next frame, or null when the server has gone. */
    Frame receive() throws IOException {
        int length;
        try {
            length = in.readInt();
        } catch (EOFException end) {
            return null;
        }
        int kind = in.readUnsignedByte();
        byte[] head = new byte[in.readInt()];
        in.readFully(head);
        byte[] payload = new byte[length - 5 - head.length];
        in.readFully(payload);
        Map<String, Object> header = head.length == 0
                ? Collections.emptyMap()
                : Json.object(Json.parse(new String(head, StandardCharsets.UTF_8)));
        return new Frame(kind, header, payload);
    }
}
