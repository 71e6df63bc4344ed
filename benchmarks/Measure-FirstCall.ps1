<#
.SYNOPSIS
Prints what the first call of a process costs more than the second, beside a bare HttpClient's and Invoke-RestMethod's.
.DESCRIPTION
Each is measured in a fresh pwsh, the sides in turn: a first call and a second one, by the clock and by the processor time of the whole process, which says more
on a machine that others use too. What a first call costs is code that is compiled as it is met, tables that are made once, HttpClient and its
connection. The bare side is one compiled method that posts the same bytes and parses the answer: what cannot be avoided. The simulator runs in a process of
its own. Needs PowerShell 7.5 or later.
.PARAMETER Count
How many processes of each side.
#>
[CmdletBinding()]
param([ValidateRange(1, 1000)] [int] $Count = 11)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$root = Split-Path $PSScriptRoot
$module = "$root/out/ApiTools"
. "$PSScriptRoot/SimulatorProcess.ps1"

$bare = "$root/out/bench/BareCall.dll"
$null = New-Item (Split-Path $bare) -ItemType Directory -Force
Remove-Item $bare -ErrorAction Ignore
Add-Type -OutputAssembly $bare -TypeDefinition @'
using System;
using System.Net.Http;
using System.Text;
using System.Text.Json;

public static class BareCall
{
    private static readonly HttpClient Client = new HttpClient();

    public static string Post(string uri, string key, string body)
    {
        using (HttpRequestMessage request = new HttpRequestMessage(HttpMethod.Post, uri))
        {
            request.Headers.Add("Authorization", "Bearer " + key);
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using (HttpResponseMessage answer = Client.SendAsync(request).GetAwaiter().GetResult())
            using (JsonDocument json = JsonDocument.Parse(answer.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult()))
            {
                return json.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
            }
        }
    }
}
'@

$simulator = Start-SimulatorProcess
$uri = "$($simulator.Uri.TrimEnd('/'))/chat/completions"
$body = '{"model":"gpt-4o","messages":[{"role":"user","content":"How do I read a file line by line?"}]}'
$connect = "Import-Module '$module'; Connect-ApiService -BaseUri '$($simulator.Uri)' -ApiKey '$($simulator.Key)' -Model gpt-4o"
$sides = [ordered]@{
    'bare HttpClient'   = @{ Before = "`$null = [Reflection.Assembly]::LoadFrom('$bare')"; Call = "[BareCall]::Post('$uri', '$($simulator.Key)', '$body')" }
    'Invoke-RestMethod' = @{ Before = "`$null = Get-Command Invoke-RestMethod"; Call = "Invoke-RestMethod '$uri' -Method Post -Headers @{ Authorization = 'Bearer $($simulator.Key)' } -Body '$body' -ContentType 'application/json'" }
    'Invoke-ApiChat'    = @{ Before = $connect; Call = "Invoke-ApiChat 'How do I read a file line by line?'" }
    'Test-ApiRequest'   = @{ Before = $connect; Call = "'$body' | Test-ApiRequest" }
    'Measure-ApiTokens' = @{ Before = $connect; Call = "Measure-ApiTokens 'How do I read a file line by line?' -Model gpt-4o" }
}

# The numbers of one process: the first call's and the second's milliseconds, and their milliseconds of processor time.
function Measure-Once($Side) {
    $process = Start-Pwsh @"
`$ErrorActionPreference = 'Stop'
$($Side.Before)
function Measure-One([scriptblock] `$Call) {
    `$cpu = [Environment]::CpuUsage.TotalTime
    `$clock = [Diagnostics.Stopwatch]::StartNew()
    `$null = & `$Call
    `$clock.Elapsed.TotalMilliseconds
    ([Environment]::CpuUsage.TotalTime - `$cpu).TotalMilliseconds
}
# The measuring itself is compiled before it counts.
`$null = Measure-One { 1 }; `$null = Measure-One { 1 }
[Console]::Out.WriteLine((@(foreach (`$i in 1, 2) { Measure-One { $($Side.Call) } }).ForEach{ `$_.ToString([cultureinfo]::InvariantCulture) } -join ' '))
"@
    $line = $process.StandardOutput.ReadToEnd().Trim()
    $process.WaitForExit()
    $process.Dispose()
    if ($line -notmatch '^[\d.]+( [\d.]+){3}$') { throw "A process measured nothing: $line" }
    , [double[]]($line -split ' ')
}

function Get-Median([double[]] $Value) { ($Value | Sort-Object)[[int][Math]::Floor($Value.Count / 2)] }
function Get-Column([string] $Name, [int] $Column) { foreach ($numbers in $measured[$Name]) { $numbers[$Column] } }

try {
    $measured = @{}
    foreach ($name in $sides.Keys) {
        # One that does not count: files then come from the system's cache for all.
        $null = Measure-Once $sides[$name]
        $measured[$name] = [Collections.Generic.List[double[]]]::new()
    }
    foreach ($round in 1..$Count) {
        foreach ($name in $sides.Keys | Get-Random -Shuffle) { $measured[$name].Add((Measure-Once $sides[$name])) }
    }
    $bareCpu = Get-Median (Get-Column 'bare HttpClient' 1)
    $rows = foreach ($name in $sides.Keys) {
        $first, $firstCpu, $second, $secondCpu = 0..3 | ForEach-Object { Get-Median (Get-Column $name $_) }
        $sorted = @(Get-Column $name 1 | Sort-Object)
        [pscustomobject]@{
            What          = $name
            'first ms'    = [Math]::Round($first, 1)
            'second ms'   = [Math]::Round($second, 1)
            'first CPU'   = [Math]::Round($firstCpu, 1)
            quartiles     = '{0:0}-{1:0}' -f $sorted[[int][Math]::Floor($Count / 4)], $sorted[[int][Math]::Floor(3 * $Count / 4)]
            'second CPU'  = [Math]::Round($secondCpu, 1)
            'CPU to bare' = [Math]::Round($firstCpu / $bareCpu, 2)
        }
    }
    $rows | Format-Table
} finally {
    Stop-SimulatorProcess $simulator
}
