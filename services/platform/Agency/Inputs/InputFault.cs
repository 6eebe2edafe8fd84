namespace Mpp.Agency.Inputs;

/// <summary>What is wrong with a step's inputs, and where. It names no value.</summary>
internal sealed record InputFault(string Pointer, LocalizedText Text)
{
    /// <summary>The requirement that every service has without publishing it.</summary>
    public const string Requirement = StepReason.ValidInput;

    /// <summary>Whether it is about the field at a pointer, or about something in that field.</summary>
    public bool IsIn(string field) =>
        Pointer == field || Pointer.StartsWith(field + "/", StringComparison.Ordinal);

    public static InputFault Missing(string pointer) =>
        new(pointer, new LocalizedText("Isian wajib ini tidak ada.", "This field is required."));

    public static InputFault Unknown(string pointer) =>
        new(pointer, new LocalizedText(
            "Isian ini tidak dikenal atau muncul dua kali.", "This field is unknown or is given twice."));

    public static InputFault WrongValue(string pointer, Type type) => new(pointer, (Nullable.GetUnderlyingType(type)
        ?? type) switch
    {
        var t when t == typeof(Nik) => new("NIK terdiri atas enam belas angka dengan tanggal lahir yang mungkin.",
            "A NIK has sixteen digits with a date of birth that can exist."),
        var t when t == typeof(DateOnly) => new("Tanggal ditulis TTTT-BB-HH.", "A date is written YYYY-MM-DD."),
        var t when t == typeof(bool) => new("Isian ini true atau false.", "This field is true or false."),
        { IsEnum: true } => new("Isian ini bukan salah satu pilihan.", "This field is not one of the choices."),
        _ => new("Isian ini salah jenis atau bentuknya.", "This field has the wrong type or form."),
    });

    public static InputFault Rule(string pointer, string? message) =>
        new(pointer, new LocalizedText(
            "Isian ini tidak memenuhi ketentuan.", message ?? "This field does not meet the rules."));

    public static InputFault Of(JsonTextFault fault) => new(fault.Pointer, TextRule.Words(fault.Fault));

    public static InputFault OutOfRange(string pointer, DateOnly today) =>
        new(pointer, DateRange.Widest.Words(today));

    public StepReason ToReason() => new(Requirement, Text, Pointer);
}
