/// What computes, and from which seed.
package struct EngineOptions: Declarations {
  package init() {}

  package let device = Declaration(
    "device", default: "auto", help: "Where to compute.", value: "auto|cpu|cuda|cuda:N|mps")

  package let threads = Declaration(
    "threads", default: KernelThreads?.none, without: "one per core",
    range: .optional(.possible),
    help:
      "Threads of the tensor engine; auto, of train alone: as many as train fastest when the run starts, for a machine that others use.",
    value: "count|auto")

  package let amp = Declaration(
    "amp", default: AmpChoice.auto,
    help: "bfloat16 products: auto is on where the processor has them.", value: "when")

  package let seed = Declaration(
    "seed", default: 0, range: .atLeast(0, most: .max), help: "Seed of everything random.")
}
