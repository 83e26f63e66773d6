/// Reads TensorBoard event files from their definitions: TFRecord's framing and protocol buffers.
/// Shares no code with the writer; the checksum is computed bit by bit.
struct EventReader {
  struct Event: Equatable {
    var wallTime = 0.0
    var step = 0
    var version: String?
    var scalars: [String: Float] = [:]
  }

  enum Malformed: Error, Equatable { case cut, lengthChecksum, dataChecksum, wireType(UInt64) }

  private var rest: ArraySlice<UInt8>

  static func events(_ bytes: [UInt8]) throws(Malformed) -> [Event] {
    var reader = EventReader(rest: bytes[...])
    var events: [Event] = []
    while !reader.rest.isEmpty { events.append(try event(reader.record())) }
    return events
  }

  /// Castagnoli's polynomial, reflected, rotated by 15 and shifted as TFRecord wants it.
  static func maskedChecksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var crc = UInt32.max
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc % 2 == 1 ? crc / 2 ^ 0x82F6_3B78 : crc / 2 }
    }
    crc = ~crc
    return (crc >> 15 | crc << 17) &+ 0xA282_EAD8
  }

  private mutating func record() throws(Malformed) -> ArraySlice<UInt8> {
    let length = try take(8)
    guard try number(take(4)) == UInt64(Self.maskedChecksum(length)) else { throw .lengthChecksum }
    let data = try take(Int(Self.number(length)))
    guard try number(take(4)) == UInt64(Self.maskedChecksum(data)) else { throw .dataChecksum }
    return data
  }

  private mutating func take(_ count: Int) throws(Malformed) -> ArraySlice<UInt8> {
    guard rest.count >= count else { throw .cut }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  private func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { Self.number(bytes) }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private enum Value { case number(UInt64), bytes(ArraySlice<UInt8>) }

  /// Every field of a message with its value, in order.
  private static func fields(
    _ message: ArraySlice<UInt8>
  ) throws(Malformed) -> [(field: UInt64, value: Value)] {
    var (reader, found) = (EventReader(rest: message), [(field: UInt64, value: Value)]())
    while !reader.rest.isEmpty {
      let key = try reader.varint()
      switch key % 8 {
      case 0: found.append((key / 8, .number(try reader.varint())))
      case 1: found.append((key / 8, .number(number(try reader.take(8)))))
      case 2: found.append((key / 8, .bytes(try reader.take(Int(try reader.varint())))))
      case 5: found.append((key / 8, .number(number(try reader.take(4)))))
      default: throw .wireType(key % 8)
      }
    }
    return found
  }

  private mutating func varint() throws(Malformed) -> UInt64 {
    var (value, shift): (UInt64, UInt64) = (0, 0)
    while let byte = rest.popFirst() {
      value |= UInt64(byte & 127) << shift
      if byte < 128 { return value }
      shift += 7
    }
    throw .cut
  }

  private static func event(_ message: ArraySlice<UInt8>) throws(Malformed) -> Event {
    var event = Event()
    for (field, value) in try fields(message) {
      switch (field, value) {
      case (1, .number(let bits)): event.wallTime = Double(bitPattern: bits)
      case (2, .number(let step)): event.step = Int(step)
      case (3, .bytes(let text)): event.version = String(decoding: text, as: UTF8.self)
      case (5, .bytes(let summary)):
        for case (1, .bytes(let entry)) in try fields(summary) { try scalar(entry, into: &event) }
      default: break
      }
    }
    return event
  }

  private static func scalar(
    _ entry: ArraySlice<UInt8>, into event: inout Event
  ) throws(Malformed) {
    var (tag, value) = ("", Float.nan)
    for field in try fields(entry) {
      switch field {
      case (1, .bytes(let text)): tag = String(decoding: text, as: UTF8.self)
      case (2, .number(let bits)): value = Float(bitPattern: UInt32(bits))
      default: break
      }
    }
    event.scalars[tag] = value
  }
}
