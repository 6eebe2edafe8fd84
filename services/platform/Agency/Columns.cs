using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Mpp.Contracts;

namespace Mpp.Agency;

/// <summary>How the value types of the contracts stand in an agency's tables, and how tables and columns are named.</summary>
public static class Columns
{
    /// <summary>Stores NIKs and region codes as text. Call it in <c>ConfigureConventions</c>.</summary>
    /// <param name="configuration">The context's conventions.</param>
    public static ModelConfigurationBuilder AddValueTypes(this ModelConfigurationBuilder configuration)
    {
        configuration.Properties<Nik>().HaveConversion<NikColumn>().HaveMaxLength(16);
        configuration.Properties<RegionCode>().HaveConversion<RegionColumn>().HaveMaxLength(13);
        return configuration;
    }

    /// <summary>Stores an enum as kebab-case text, as it is on the wire. Call it in <c>ConfigureConventions</c>.</summary>
    /// <param name="configuration">The context's conventions.</param>
    public static ModelConfigurationBuilder AddKebabEnum<T>(this ModelConfigurationBuilder configuration) where T : struct, Enum
    {
        configuration.Properties<T>().HaveConversion<KebabEnumColumn<T>>().HaveMaxLength(32);
        return configuration;
    }

    /// <summary>
    /// Names the tables, columns, keys and indexes that the model has so far in snake_case. Call it in <c>OnModelCreating</c> after the
    /// agency's own entities and before <c>AddAgency</c>, which names its tables itself.
    /// </summary>
    /// <param name="model">The context's model.</param>
    public static ModelBuilder UseSnakeCaseNames(this ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            var table = entity.GetTableName()!;
            var snake = Snake(table);
            entity.SetTableName(snake);
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(Snake(property.Name));
            }

            foreach (var key in entity.GetKeys())
            {
                key.SetName(key.IsPrimaryKey() ? $"pk_{snake}" : $"ak_{snake}_{Joined(key.Properties)}");
            }

            foreach (var index in entity.GetIndexes())
            {
                index.SetDatabaseName($"{(index.IsUnique ? "ux" : "ix")}_{snake}_{Joined(index.Properties)}");
            }

            foreach (var foreign in entity.GetForeignKeys())
            {
                foreign.SetConstraintName($"fk_{snake}_{Joined(foreign.Properties)}");
            }
        }

        return model;

        static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
        static string Joined(IEnumerable<Microsoft.EntityFrameworkCore.Metadata.IMutableProperty> properties) => string.Join('_', properties.Select(p => Snake(p.Name)));
    }

    private sealed class NikColumn() : ValueConverter<Nik, string>(nik => nik.Value, text => Nik.Parse(text, null));

    private sealed class RegionColumn() : ValueConverter<RegionCode, string>(region => region.Value, text => RegionCode.Parse(text, null));

    private sealed class KebabEnumColumn<T>() : ValueConverter<T, string>(value => KebabNames<T>.Texts[value], text => KebabNames<T>.Values[text])
        where T : struct, Enum;

    private static class KebabNames<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Texts = Enum.GetValues<T>().ToDictionary(v => v, v => JsonNamingPolicy.KebabCaseLower.ConvertName(v.ToString()));
        public static readonly Dictionary<string, T> Values = Texts.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }
}
