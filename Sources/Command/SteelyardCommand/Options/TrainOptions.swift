package import Imaging

/// The options of a training run: those that were given, and the defaults of all others.
///
/// Each ``Declaration`` of the groups below is a property: `options.batchSize` is the value of
/// `--batch-size`. What a flag, a file or a programme gives is remembered as given, even if it is the
/// default, so that options can be laid over others.
@dynamicMemberLookup
package struct TrainOptions: Sendable {
  /// Nothing but defaults.
  package static let standard = TrainOptions()

  /// How images are read where no option says it: as a new model reads them, or as one that exists was
  /// trained to.
  package var basePixelReading = PixelReading()
  /// Whether cells of a table of features may be missing or words: who asks for them makes numbers of them.
  package var readsCells = false
  /// Columns of a table that a model knows as features.
  package var knownFeatures: [String] = []
  private var values: [String: any Sendable] = [:]

  package init() {}

  /// What was given in any of these; of an option given twice, the last.
  package init(_ layers: [TrainOptions]) {
    for layer in layers { take(layer) }
  }

  /// The value, given or default.
  package subscript<Value>(_ option: some OptionField<Value>) -> Value {
    get { given(option) ?? option.standard }
    set { values[option.name] = Given(value: newValue) }
  }

  /// The value, if it was given.
  package func given<Value>(_ option: some OptionField<Value>) -> Value? {
    (values[option.name] as? Given<Value>)?.value
  }

  /// Whether a value was given.
  package func isGiven(_ option: some OptionField) -> Bool { values[option.name] != nil }

  /// Forgets the value that was given.
  package mutating func forget(_ option: some OptionField) { values[option.name] = nil }

  /// The options that were given, by name; hyper-parameters as `set.NAME`.
  package var givenNames: [String] {
    OptionTable.fields.filter { values[$0.name] != nil }.flatMap { field in
      field.parts(self).map { $0.keys.sorted().map { "\(field.name).\($0)" } } ?? [field.name]
    }
  }

  /// Takes over what was given in `upper`.
  package mutating func take(_ upper: TrainOptions) {
    for field in OptionTable.fields { field.lay(upper, over: &self) }
  }

  /// A value in a box, which tells no value from a value that is `nil`.
  private struct Given<Value: Sendable>: Sendable {
    var value: Value
  }
}

extension TrainOptions: Equatable {
  /// Whether all values are the same, given or not.
  package static func == (first: TrainOptions, second: TrainOptions) -> Bool {
    OptionTable.fields.allSatisfy { $0.isEqual(first, second) }
  }
}

/// The groups, and their options as properties. A new group has a line in each of the three lists.
extension TrainOptions {
  package static let groups: [any Declarations] = [
    source, tables, categories, texts, targets, selection, parts, pixels, images, network,
    optimizer, schedule,
    engine,
    runDirectory,
  ]

  package static let source = SourceOptions()
  package static let tables = TableOptions()
  package static let categories = CategoryOptions()
  package static let texts = TextOptions()
  package static let targets = TargetOptions()
  package static let selection = SelectionOptions()
  package static let parts = PartOptions()
  package static let pixels = PixelOptions()
  package static let images = ImageOptions()
  package static let network = NetworkOptions()
  package static let optimizer = OptimizerOptions()
  package static let schedule = ScheduleOptions()
  package static let engine = EngineOptions()
  package static let runDirectory = RunDirectoryOptions()

  package subscript<Value>(dynamicMember path: KeyPath<SourceOptions, Declaration<Value>>) -> Value
  {
    get { self[Self.source[keyPath: path]] }
    set { self[Self.source[keyPath: path]] = newValue }
  }
  package subscript<Value>(dynamicMember path: KeyPath<TableOptions, Declaration<Value>>) -> Value {
    get { self[Self.tables[keyPath: path]] }
    set { self[Self.tables[keyPath: path]] = newValue }
  }
  package subscript<Value>(dynamicMember path: KeyPath<CategoryOptions, Declaration<Value>>)
    -> Value
  {
    get { self[Self.categories[keyPath: path]] }
    set { self[Self.categories[keyPath: path]] = newValue }
  }
  package subscript<Value>(dynamicMember path: KeyPath<TextOptions, Declaration<Value>>) -> Value {
    get { self[Self.texts[keyPath: path]] }
    set { self[Self.texts[keyPath: path]] = newValue }
  }
  package subscript<Value>(dynamicMember path: KeyPath<TargetOptions, Declaration<Value>>) -> Value
  {
    get { self[Self.targets[keyPath: path]] }
    set { self[Self.targets[keyPath: path]] = newValue }
  }
  package subscript<Value>(dynamicMember path: KeyPath<SelectionOptions, Declaration<Value>>)
    -> Value
  {
    get { self[Self.selection[keyPath: path]] }
    set { self[Self.selection[keyPath: path]] = newValue }
  }
  package subscript<Value>(dynamicMember path: KeyPath<PartOptions, Declaration<Value>>) -> Value {
    get { self[Self.parts[keyPath: path]] }
    set { self[Self.parts[keyPath: path]] = newValue }
  }
  package subscript<Value>(dynamicMember path: KeyPath<PixelOptions, Declaration<Value>>) -> Value {
    get { self[Self.pixels[keyPath: path]] }
    set { self[Self.pixels[keyPath: path]] = newValue }
  }
  package subscript<Value>(dynamicMember path: KeyPath<ImageOptions, Declaration<Value>>) -> Value {
    get { self[Self.images[keyPath: path]] }
    set { self[Self.images[keyPath: path]] = newValue }
  }
  package subscript<Value>(dynamicMember path: KeyPath<NetworkOptions, Declaration<Value>>) -> Value
  {
    get { self[Self.network[keyPath: path]] }
    set { self[Self.network[keyPath: path]] = newValue }
  }
  package subscript<Value>(dynamicMember path: KeyPath<OptimizerOptions, Declaration<Value>>)
    -> Value
  {
    get { self[Self.optimizer[keyPath: path]] }
    set { self[Self.optimizer[keyPath: path]] = newValue }
  }
  package subscript<Value>(dynamicMember path: KeyPath<ScheduleOptions, Declaration<Value>>)
    -> Value
  {
    get { self[Self.schedule[keyPath: path]] }
    set { self[Self.schedule[keyPath: path]] = newValue }
  }
  package subscript<Value>(dynamicMember path: KeyPath<EngineOptions, Declaration<Value>>) -> Value
  {
    get { self[Self.engine[keyPath: path]] }
    set { self[Self.engine[keyPath: path]] = newValue }
  }
  package subscript<Value>(dynamicMember path: KeyPath<RunDirectoryOptions, Declaration<Value>>)
    -> Value
  {
    get { self[Self.runDirectory[keyPath: path]] }
    set { self[Self.runDirectory[keyPath: path]] = newValue }
  }
}
