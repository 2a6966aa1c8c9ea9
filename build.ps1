#!/usr/bin/env pwsh
# restore | build | test | fuzz | run | bench: each a thin call of dotnet; what follows is passed on.
#   ./build.ps1 run --nodes 100
#   ./build.ps1 build '-p:AkkaRuntime=nuget'      (quoted: PowerShell would take -p for a parameter of its own)
param([string] $Task = 'build')

$ErrorActionPreference = 'Stop'

switch ($Task) {
    'restore' { dotnet restore "$PSScriptRoot/ActorPlane.sln" $args }
    'build' { dotnet build "$PSScriptRoot/ActorPlane.sln" $args }
    'test' { dotnet test "$PSScriptRoot/ActorPlane.sln" $args }
    'fuzz' {
        if (-not $env:ACTORPLANE_FUZZ_SECONDS) { $env:ACTORPLANE_FUZZ_SECONDS = '300' }
        if (-not $env:ACTORPLANE_FUZZ_SEED) { $env:ACTORPLANE_FUZZ_SEED = Get-Random }
        if (-not $env:ACTORPLANE_FUZZ_OBJECTS) { $env:ACTORPLANE_FUZZ_OBJECTS = '20000' }
        dotnet test "$PSScriptRoot/tests/ActorPlane.Host.Tests" --filter 'FullyQualifiedName~FuzzTests' --logger 'console;verbosity=detailed' $args
    }
    'run' { dotnet run --project "$PSScriptRoot/src/ActorPlane.Host" -- $args }
    'bench' { dotnet run --configuration Release --project "$PSScriptRoot/tests/ActorPlane.Benchmarks" -- $args }
    default {
        # Write-Error would end the script here, with another exit code.
        [Console]::Error.WriteLine("build.ps1: '$Task' is none of restore, build, test, fuzz, run, bench.")
        exit 2
    }
}
exit $LASTEXITCODE
