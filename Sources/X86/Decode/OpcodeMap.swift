import Glibc
import Synchronization

/// The table's rows by opcode: what the decoder looks up.
///
/// At first use the rows are only sorted by opcode (some 30 microseconds); the rows of an opcode
/// are parsed when it is met for the first time. Any thread may ask.
struct OpcodeMap: ~Copyable, @unchecked Sendable {
  // SAFETY: `slots` and `rows` are complete after `init`; `rules` and `traits` are written under
  // `lock`, before the slot that leads to them is published with a releasing store.

  /// Where the rules of one opcode byte are.
  struct Slot {
    var bits: UInt32

    static let isParsed: UInt32 = 1 << 31
    static let hasModRM: UInt32 = 1 << 30

    /// Index into `rules`.
    var first: Int { Int(bits & 0xFFFF) }
    var count: Int { Int(bits >> 16 & 0xFF) }
    var isParsed: Bool { bits & Self.isParsed != 0 }
    var hasModRM: Bool { bits & Self.hasModRM != 0 }
  }

  static let shared = OpcodeMap()
  /// Seven maps of 256 opcodes.
  static let slotCount = 7 * 256

  /// Rules of one slot are neighbours, the most specific first; memory of unparsed slots is untouched.
  let rules: UnsafeMutablePointer<DecodeRule>
  /// Indexed by map * 256 + opcode.
  private let slots: UnsafeMutablePointer<Atomic<UInt32>>
  /// The row of each rule, in no order within a slot.
  private let rows: UnsafeMutablePointer<UInt16>
  /// Indexed by `Instruction.formIndex`; all zero until parsed.
  private let traits: UnsafeMutablePointer<InstructionTraits>
  private let lock = Mutex(())

  init() {
    var formCount = 0
    var next: UInt8 = 0
    while let group = InstructionTable.Group(rawValue: next) {
      formCount += group.forms.count
      next += 1
    }
    // All zero is the initial value, and zeroed memory costs nothing until it is touched.
    traits = Self.zeroed(formCount)

    // A counting sort by opcode.
    let keys = UnsafeMutablePointer<OpcodeKey>.allocate(capacity: formCount)
    defer { keys.deallocate() }
    let starts = UnsafeMutablePointer<UInt16>.allocate(capacity: Self.slotCount + 1)
    starts.initialize(repeating: 0, count: Self.slotCount + 1)
    defer { starts.deallocate() }
    var form = 0
    next = 0
    while let group = InstructionTable.Group(rawValue: next) {
      next += 1
      for row in group.forms {
        let key = OpcodeKey(parsing: row.opcodeText)
        (keys + form).initialize(to: key)
        for slot in key.slots { starts[slot + 1] += 1 }
        form += 1
      }
    }
    slots = .allocate(capacity: Self.slotCount)
    for slot in 0..<Self.slotCount {
      let count = UInt32(starts[slot + 1])
      let parsed = count == 0 ? Slot.isParsed : 0
      (slots + slot).initialize(to: Atomic(parsed | count << 16 | UInt32(starts[slot])))
      starts[slot + 1] += starts[slot]
    }
    let ruleCount = Int(starts[Self.slotCount])
    rules = .allocate(capacity: ruleCount)
    rows = .allocate(capacity: ruleCount)
    for form in 0..<formCount {
      for slot in keys[form].slots {
        rows[Int(starts[slot])] = UInt16(form)
        starts[slot] += 1
      }
    }
  }

  private static func zeroed(_ count: Int) -> UnsafeMutablePointer<InstructionTraits> {
    guard let memory = calloc(count, MemoryLayout<InstructionTraits>.stride) else {
      preconditionFailure("out of memory")
    }
    return memory.bindMemory(to: InstructionTraits.self, capacity: count)
  }

  /// The slot of `opcode` (map * 256 + opcode byte), with its rules parsed.
  @inline(__always)
  func slot(_ opcode: Int) -> Slot {
    let slot = Slot(bits: slots[opcode].load(ordering: .acquiring))
    return slot.isParsed ? slot : parse(opcode)
  }

  /// The effects of row `formIndex`.
  @inline(__always)
  func traits(_ formIndex: UInt16) -> InstructionTraits {
    let known = traits[Int(formIndex)]
    return known.isParsed ? known : form(formIndex).traits
  }

  @inline(never)
  private func parse(_ opcode: Int) -> Slot {
    lock.withLock { _ in
      var slot = Slot(bits: slots[opcode].load(ordering: .acquiring))
      if slot.isParsed { return slot }
      for number in slot.first..<slot.first + slot.count {
        let index = rows[number]
        let form = form(index)
        if !traits[Int(index)].isParsed { traits[Int(index)] = form.traits }
        let rule = RowParser(form: form, index: index, traits: traits[Int(index)]).rule
        if rule.properties.contains(.hasModRM) { slot.bits |= Slot.hasModRM }
        insert(rule, at: number, first: slot.first)
      }
      slot.bits |= Slot.isParsed
      slots[opcode].store(slot.bits, ordering: .releasing)
      return slot
    }
  }

  private func insert(_ rule: DecodeRule, at end: Int, first: Int) {
    var place = end
    while place > first && rules[place - 1].breadth > rule.breadth {
      (rules + place).initialize(to: rules[place - 1])
      place -= 1
    }
    (rules + place).initialize(to: rule)
  }

  private func form(_ index: UInt16) -> InstructionForm {
    var index = Int(index)
    var next: UInt8 = 0
    while let group = InstructionTable.Group(rawValue: next) {
      let forms = group.forms
      if index < forms.count { return forms[index] }
      index -= forms.count
      next += 1
    }
    preconditionFailure("a form index comes from the decoder")
  }
}

/// The opcode bytes that lead to a row.
struct OpcodeKey {
  /// 0 primary, 1 0F, 2 0F 38, 3 0F 3A; 4, 5, 6 the same with VEX as 1, 2, 3.
  private(set) var map: UInt8 = 0
  private(set) var opcode: UInt8 = 0
  /// Consecutive opcode bytes: 1, 8 (`+rd`) or 16 (`+cc`).
  private(set) var count: UInt8 = 1

  /// Map * 256 + opcode, for each.
  var slots: Range<Int> {
    let first = Int(map) << 8 | Int(opcode)
    return first..<first + Int(count)
  }

  /// Opcode bytes, without mandatory prefixes: 1, 2 or 3.
  var byteCount: Int { map < 2 ? Int(map) + 1 : map < 4 ? 3 : 1 }

  /// Reads an opcode text; the notation is described in InstructionTable.swift.
  init(parsing text: UnsafePointer<UInt8>) {
    var cursor = text
    var isComplete = false
    while !isComplete {
      while cursor.pointee == UInt8(ascii: " ") { cursor += 1 }
      if cursor.pointee == 0 { return }
      if cursor.pointee == UInt8(ascii: "V") { map = Self.vexMap(cursor) }
      if let byte = Self.byte(cursor), map != 0 || !Self.isMandatoryPrefix(byte) {
        isComplete = add(byte, suffix: cursor + 2)
      }
      while cursor.pointee > UInt8(ascii: " ") { cursor += 1 }
    }
  }

  /// Takes the next opcode byte; true if it is the last.
  private mutating func add(_ byte: UInt8, suffix: UnsafePointer<UInt8>) -> Bool {
    switch (map, byte) {
    case (0, 0x0F): map = 1
    case (1, 0x38): map = 2
    case (1, 0x3A): map = 3
    default:
      opcode = byte
      if suffix[0] == UInt8(ascii: "+") { count = suffix[1] == UInt8(ascii: "c") ? 16 : 8 }
      return true
    }
    return false
  }

  /// The map that a word like `VEX.128.66.0F38.W0` names.
  private static func vexMap(_ text: UnsafePointer<UInt8>) -> UInt8 {
    var cursor = text
    while cursor.pointee > UInt8(ascii: " ") {
      if cursor[0] == UInt8(ascii: "0") && cursor[1] == UInt8(ascii: "F") {
        switch cursor[3] {
        case UInt8(ascii: "8"): return 5
        case UInt8(ascii: "A"): return 6
        default: return 4
        }
      }
      cursor += 1
    }
    return 4
  }

  private static func isMandatoryPrefix(_ byte: UInt8) -> Bool {
    byte == 0x66 || byte == 0xF2 || byte == 0xF3
  }

  /// The two hexadecimal digits at `text`; nil if there are none.
  @inline(__always)
  static func byte(_ text: UnsafePointer<UInt8>) -> UInt8? {
    guard let high = digit(text[0]), let low = digit(text[1]) else { return nil }
    return high << 4 | low
  }

  @inline(__always)
  private static func digit(_ character: UInt8) -> UInt8? {
    switch character {
    case 0x30...0x39: character &- 0x30
    case 0x41...0x46: character &- 0x37
    default: nil
    }
  }
}
