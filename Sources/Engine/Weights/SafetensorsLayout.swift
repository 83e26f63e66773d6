import OrderedCollections
import Torch

/// Where each tensor goes in a safetensors file, and the header that says so.
struct SafetensorsLayout {
  /// The tensors in the order of their data.
  ///
  /// Wide elements first, as the reference implementation does, so that every tensor starts at a
  /// multiple of its element size; else in the given order.
  let ordered: [Tensor]
  /// The length and the header, padded so that the data starts at a multiple of 8.
  let header: [UInt8]

  init(_ tensors: StateDict, metadata: [String: String]) {
    let names = tensors.keys.enumerated().sorted { left, right in
      let (a, b) = (width(left.offset), width(right.offset))
      return a != b ? a > b : left.offset < right.offset
    }.map(\.element)
    func width(_ index: Int) -> Int { tensors.values[index].dtype.bytes }
    ordered = names.compactMap { tensors[$0] }
    var starts: [String: Int] = [:]
    var end = 0
    for (name, tensor) in zip(names, ordered) {
      starts[name] = end
      end += tensor.count * tensor.dtype.bytes
    }
    var members = tensors.map { name, tensor in
      let start = starts[name] ?? 0
      let range = "[\(start),\(start + tensor.count * tensor.dtype.bytes)]"
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      return "\(quoted(name)):{\"dtype\":\"\(tensor.dtype.safetensorsName)\","
        + "\"shape\":[\(shape)],\"data_offsets\":\(range)}"
    }
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }
      let text = pairs.map { "\(quoted($0.key)):\(quoted($0.value))" }.joined(separator: ",")
      members.insert("\"__metadata__\":{\(text)}", at: 0)
    }
    var json = Array("{\(members.joined(separator: ","))}".utf8)
    while json.count % 8 != 0 { json.append(UInt8(ascii: " ")) }
    header = withUnsafeBytes(of: UInt64(json.count).littleEndian) { Array($0) } + json
  }
}

/// A JSON string.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

extension DType {
  /// The name of the element type in a safetensors header.
  var safetensorsName: String {
    switch self {
    case .float64: "F64"
    case .float32: "F32"
    case .float16: "F16"
    case .bfloat16: "BF16"
    case .int64: "I64"
    case .int32: "I32"
    case .uint8: "U8"
    case .bool: "BOOL"
    }
  }

  /// The element type of a name; `nil` for one that tensors here do not have.
  init?(safetensorsName name: String) {
    guard let type = DType.allCases.first(where: { $0.safetensorsName == name }) else {
      return nil
    }
    self = type
  }
}
