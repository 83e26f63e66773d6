/// Reads a pickle that holds tensors, text, numbers and containers, and refuses anything else by name.
///
/// A pickle is a programme for a stack machine whose instructions can call any Python function. This
/// machine has no way to call one: the few names of ``PickleFunction`` make values, another name is an
/// error before anything is done with it. Protocols 2 to 4, as `torch.save` writes them.
struct Unpickler {
  var input: PickleBytes
  var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  /// Every container made: emptied at the end, so that neither a cycle leaks nor a deep nest is
  /// freed by deep recursion.
  private var containers: [PickleContainer] = []
  /// Every storage that was described, be it of a tensor that is wanted or not.
  var storages: [String: PickleStorage] = [:]

  private init(_ input: PickleBytes) { self.input = input }

  /// Runs one pickle and hands its value to `body`, valid meanwhile.
  ///
  /// - Parameter input: Stands at the pickle; after it on return.
  static func read<R>(
    _ input: inout PickleBytes, _ body: (PickleValue) throws(PickleError) -> R
  ) throws(PickleError) -> R {
    try readWithStorages(&input) { (value, _) throws(PickleError) in try body(value) }
  }

  /// Runs one pickle and hands `body` its value, valid meanwhile, and by its key each storage that it describes.
  ///
  /// - Parameter input: Stands at the pickle; after it on return.
  static func readWithStorages<R>(
    _ input: inout PickleBytes,
    _ body: (PickleValue, [String: PickleStorage]) throws(PickleError) -> R
  ) throws(PickleError) -> R {
    var machine = Unpickler(input)
    defer {
      for container in machine.containers { container.items = [] }
    }
    let value = try machine.run()
    input = machine.input
    return try body(value, machine.storages)
  }

  private mutating func run() throws(PickleError) -> PickleValue {
    while true {
      let code = try input.integer(UInt8.self)
      if code == UInt8(ascii: ".") { return try pop() }
      if try literal(code) { continue }
      if try containing(code) { continue }
      if try remembering(code) { continue }
      if try calling(code) { continue }
      throw .malformed("it has the instruction \(code), which no state dict needs")
    }
  }

  // MARK: Stack

  mutating func pop() throws(PickleError) -> PickleValue {
    guard let value = stack.popLast(), stack.count >= marks.last ?? 0 else {
      throw .malformed("it takes from an empty stack")
    }
    return value
  }

  private mutating func popToMark() throws(PickleError) -> [PickleValue] {
    guard let mark = marks.popLast() else { throw .malformed("it returns to no mark") }
    let items = Array(stack[mark...])
    stack.removeSubrange(mark...)
    return items
  }

  /// The container on top of the stack, which stays there.
  func top(_ kind: PickleContainer.Kind) throws(PickleError) -> PickleContainer {
    guard case .container(let container)? = stack.last, container.kind == kind else {
      throw .malformed("it fills something that is no \(kind)")
    }
    return container
  }

  mutating func push(_ kind: PickleContainer.Kind, _ items: [PickleValue] = []) {
    let container = PickleContainer(kind, items)
    containers.append(container)
    stack.append(.container(container))
  }

  // MARK: Instructions; each returns whether the code was its own

  private mutating func literal(_ code: UInt8) throws(PickleError) -> Bool {
    switch code {
    case UInt8(ascii: "N"): stack.append(.none)
    case 0x88: stack.append(.bool(true))
    case 0x89: stack.append(.bool(false))
    case UInt8(ascii: "J"): stack.append(.integer(Int(try input.integer(Int32.self))))
    case UInt8(ascii: "K"): stack.append(.integer(Int(try input.integer(UInt8.self))))
    case UInt8(ascii: "M"): stack.append(.integer(Int(try input.integer(UInt16.self))))
    case 0x8A: try long()
    case UInt8(ascii: "G"):
      let bits = UInt64(bigEndian: try input.integer(UInt64.self))
      stack.append(.real(Double(bitPattern: bits)))
    case UInt8(ascii: "X"): try text(Int(input.integer(UInt32.self)))
    case 0x8C: try text(Int(input.integer(UInt8.self)))
    default: return false
    }
    return true
  }

  private mutating func text(_ count: Int) throws(PickleError) {
    stack.append(.text(try input.text(count)))
  }

  /// A little-endian two's complement number; wider ones than 64 bits keep the low bits, as only
  /// the magic number of old files has them.
  private mutating func long() throws(PickleError) {
    let data = try input.take(Int(input.integer(UInt8.self)))
    let fill: UInt8 = (data.last ?? 0) >= 0x80 ? 0xFF : 0
    let value = (0..<8).reversed().reduce(UInt64(0)) { value, index in
      value << 8 | UInt64(index < data.count ? data[index] : fill)
    }
    stack.append(.integer(Int(truncatingIfNeeded: value)))
  }

  private mutating func containing(_ code: UInt8) throws(PickleError) -> Bool {
    switch code {
    case UInt8(ascii: "("): marks.append(stack.count)
    case UInt8(ascii: "}"): push(.dictionary)
    case UInt8(ascii: "]"): push(.list)
    case UInt8(ascii: ")"): push(.tuple)
    case UInt8(ascii: "t"): push(.tuple, try popToMark())
    case 0x85...0x87:
      var items: [PickleValue] = []
      for _ in 0x85...code { items.insert(try pop(), at: 0) }
      push(.tuple, items)
    case UInt8(ascii: "s"):
      let value = try pop()
      try fill(.dictionary, [pop(), value])
    case UInt8(ascii: "u"): try fill(.dictionary, popToMark())
    case UInt8(ascii: "a"): try fill(.list, [pop()])
    case UInt8(ascii: "e"): try fill(.list, popToMark())
    default: return false
    }
    return true
  }

  // Mutating so that its arguments are taken from the stack before it looks at the stack.
  private mutating func fill(
    _ kind: PickleContainer.Kind, _ items: [PickleValue]
  ) throws(PickleError) {
    try top(kind).items += items
  }

  private mutating func remembering(_ code: UInt8) throws(PickleError) -> Bool {
    switch code {
    case UInt8(ascii: "q"): try remember(Int(input.integer(UInt8.self)))
    case UInt8(ascii: "r"): try remember(Int(input.integer(UInt32.self)))
    case 0x94: try remember(memo.count)
    case UInt8(ascii: "h"): try recall(Int(input.integer(UInt8.self)))
    case UInt8(ascii: "j"): try recall(Int(input.integer(UInt32.self)))
    case 0x80: _ = try input.integer(UInt8.self)
    case 0x95: _ = try input.integer(UInt64.self)
    default: return false
    }
    return true
  }

  private mutating func remember(_ index: Int) throws(PickleError) {
    guard let value = stack.last else { throw .malformed("it takes from an empty stack") }
    memo[index] = value
  }

  private mutating func recall(_ index: Int) throws(PickleError) {
    guard let value = memo[index] else { throw .malformed("it recalls what it never kept") }
    stack.append(value)
  }
}
