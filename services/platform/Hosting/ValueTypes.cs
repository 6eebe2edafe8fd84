using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Mpp.Contracts;

namespace Mpp.Hosting;

/// <summary>How the value types of the contracts, and enums, stand in a service's tables: as on the wire.</summary>
public static class ValueTypes
{
    /// <summary>Stores them as text. Call it in <c>ConfigureConventions</c>.</summary>
    /// <param name="configuration">The context's conventions.</param>
    public static ModelConfigurationBuilder AddValueTypes(this ModelConfigurationBuilder configuration)
    {
        configuration.Properties<Nik>().HaveConversion<NikColumn>().HaveMaxLength(16);
        configuration.Properties<RegionCode>().HaveConversion<RegionColumn>().HaveMaxLength(13);
        configuration.Properties<ApplicationNumber>().HaveConversion<NumberColumn>();
        configuration.Conventions.Add(_ => new EnumsAsText());
        return configuration;
    }

    private sealed class NikColumn() : ValueConverter<Nik, string>(nik => nik.Value, text => Nik.Parse(text, null));

    private sealed class RegionColumn()
        : ValueConverter<RegionCode, string>(region => region.Value, text => RegionCode.Parse(text, null));

    private sealed class NumberColumn()
        : ValueConverter<ApplicationNumber, string>(number => number.Value, t => ApplicationNumber.Parse(t, null));

    private sealed class KebabColumn<T>()
        : ValueConverter<T, string>(value => Kebab.Of(value), text => Kebab.Values<T>()[text])
        where T : struct, Enum;

    private sealed class EnumsAsText : IPropertyAddedConvention
    {
        public void ProcessPropertyAdded(
            IConventionPropertyBuilder propertyBuilder, IConventionContext<IConventionPropertyBuilder> context)
        {
            var type = Nullable.GetUnderlyingType(propertyBuilder.Metadata.ClrType) ?? propertyBuilder.Metadata.ClrType;
            if (type.IsEnum)
            {
                propertyBuilder.HasConverter(typeof(KebabColumn<>).MakeGenericType(type))?.HasMaxLength(32);
            }
        }
    }
}
