#!/usr/bin/env pwsh
# restore | build | test | run | bench: each a thin call of dotnet; what follows is passed on.
#   ./build.ps1 run --nodes 100
#   ./build.ps1 build -p:AkkaRuntime=nuget
param(
    [ValidateSet('restore', 'build', 'test', 'run', 'bench')]
    [string] $Task = 'build',
    [Parameter(ValueFromRemainingArguments = $true)]
    [string[]] $Rest = @()
)

$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

switch ($Task) {
    'restore' { dotnet restore ActorPlane.sln @Rest }
    'build' { dotnet build ActorPlane.sln @Rest }
    'test' { dotnet test ActorPlane.sln @Rest }
    'run' { dotnet run --project src/ActorPlane.Host -- @Rest }
    'bench' { dotnet run --configuration Release --project tests/ActorPlane.Benchmarks -- @Rest }
}
exit $LASTEXITCODE
