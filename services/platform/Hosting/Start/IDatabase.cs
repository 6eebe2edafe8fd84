namespace Mpp.Hosting.Start;

/// <summary>A service's database as start sees it.</summary>
internal interface IDatabase
{
    /// <summary>Returns as soon as the database answers.</summary>
    /// <exception cref="StartException">It did not answer in time, or it refuses the connection.</exception>
    Task WaitUntilReachableAsync(CancellationToken cancellationToken);

    /// <summary>Brings the libraries' tables, and then the service's own, up to date.</summary>
    /// <exception cref="StartException">The database does not fit this program.</exception>
    Task MigrateAsync(CancellationToken cancellationToken);

    /// <summary>Returns when the libraries' tables are what this program works with.</summary>
    /// <exception cref="StartException">They are not.</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}
