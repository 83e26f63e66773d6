import Files
import Torch

/// Reads and checks the members of a safetensors header.
struct SafetensorsEntryParser {
  /// What errors call the file.
  let path: String
  /// Where the data starts in the file.
  let start: Int
  /// Bytes of data.
  let size: Int

  /// Text by key.
  func metadata(_ value: JSONValue) throws(WeightsError) -> [String: String] {
    guard case .object(let members) = value else {
      throw .malformed(
        path: path, format: .safetensors, reason: "'__metadata__' is not a JSON object")
    }
    var result: [String: String] = [:]
    for (key, value) in members {
      guard case .string(let text) = value else {
        throw .malformed(
          path: path, format: .safetensors, reason: "the metadata '\(key)' is not a string")
      }
      result[key] = text
    }
    return result
  }

  /// One tensor.
  func entry(_ name: String, _ value: JSONValue) throws(WeightsError) -> SafetensorsHeader.Entry {
    guard case .object(let members) = value else { throw wrong(name, "is not a JSON object") }
    let dtype = try dtype(name, members)
    let shape = try integers(name, "shape", members)
    let offsets = try integers(name, "data_offsets", members)
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw wrong(name, "'data_offsets' is \(offsets), expected begin and end")
    }
    guard offsets[1] <= size else {
      throw wrong(
        name,
        "its bytes \(offsets[0])..<\(offsets[1]) lie outside the data of \(size) bytes;"
          + " the file is cut short or damaged")
    }
    guard let bytes = byteCount(shape, dtype), bytes == offsets[1] - offsets[0] else {
      throw wrong(
        name,
        "\(dtype.safetensorsName) of shape \(shape) does not take the"
          + " \(offsets[1] - offsets[0]) bytes of its offsets")
    }
    let range = start + offsets[0]..<start + offsets[1]
    return SafetensorsHeader.Entry(name: name, dtype: dtype, shape: shape, range: range)
  }

  /// Every byte of data belongs to exactly one tensor.
  func checkTiling(_ entries: [SafetensorsHeader.Entry]) throws(WeightsError) {
    let sorted = entries.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var end = start
    var previous = ""
    for entry in sorted {
      guard entry.range.lowerBound >= end else {
        throw wrong(entry.name, "its bytes overlap those of '\(previous)'")
      }
      guard entry.range.lowerBound == end else { throw gap(end, entry.range.lowerBound) }
      (end, previous) = (entry.range.upperBound, entry.name)
    }
    guard end == start + size else { throw gap(end, start + size) }
  }

  private func gap(_ from: Int, _ to: Int) -> WeightsError {
    .malformed(
      path: path, format: .safetensors,
      reason: "the bytes \(from - start)..<\(to - start) of its data belong to no tensor")
  }

  private func dtype(
    _ name: String, _ members: [(key: String, value: JSONValue)]
  ) throws(WeightsError) -> DType {
    guard case .string(let text)? = member("dtype", of: members) else {
      throw wrong(name, "has no 'dtype'")
    }
    guard let dtype = DType(safetensorsName: text) else {
      let known = DType.allCases.map(\.safetensorsName).joined(separator: ", ")
      throw wrong(name, "element type '\(text)' is not read; those that are: \(known)")
    }
    return dtype
  }

  private func integers(
    _ name: String, _ key: String, _ members: [(key: String, value: JSONValue)]
  ) throws(WeightsError) -> [Int] {
    guard case .array(let values)? = member(key, of: members) else {
      throw wrong(name, "has no '\(key)'")
    }
    var result: [Int] = []
    for value in values {
      guard case .number(let text) = value, let number = Int(text), number >= 0 else {
        throw wrong(name, "'\(key)' has something other than whole numbers from 0")
      }
      result.append(number)
    }
    return result
  }

  private func member(_ key: String, of members: [(key: String, value: JSONValue)]) -> JSONValue? {
    members.first { $0.key == key }?.value
  }

  private func wrong(_ name: String, _ reason: String) -> WeightsError {
    .tensor(path: path, name: name, reason: reason)
  }
}

/// Bytes of a dense tensor; `nil` when the number, or the rank, is more than an engine can hold.
func byteCount(_ shape: [Int], _ dtype: DType) -> Int? {
  guard shape.count <= 64 else { return nil }
  var bytes = dtype.bytes
  for length in shape {
    // An empty dimension counts as 1, so that the others are checked all the same.
    let (product, overflow) = bytes.multipliedReportingOverflow(by: max(length, 1))
    if overflow { return nil }
    bytes = product
  }
  return shape.contains(0) ? 0 : bytes
}
