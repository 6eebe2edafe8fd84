using Mpp.Catalogue.Faults;
using Mpp.Hosting.Start;

namespace Mpp.Catalogue.Loading;

/// <summary>
/// Where the definitions are: beside the program, or where <c>Catalogue:Definitions</c> says, for a mall with packages
/// of its own.
/// </summary>
internal static class DefinitionsFolder
{
    public static Definitions Load(IConfiguration configuration)
    {
        var folder = configuration["Catalogue:Definitions"] ?? Path.Combine(AppContext.BaseDirectory, "Definitions");
        try
        {
            return CatalogueLoader.LoadFolder(folder);
        }
        catch (InvalidCatalogueException faults)
        {
            throw new StartException($"{faults.Message}{Environment.NewLine}  in {folder}", faults);
        }
    }
}
