# A terminal of a test's own: of a width that the test says, without colours, and what was written on it as text.

Add-Type -Path "$PSScriptRoot/../../tools/ScreenHost.cs"

# A terminal with the module in it. Setup is run first.
function New-Screen([int] $Width, [string] $Folder, [string] $Setup = '') {
    $screen = [ScreenHost]::new($Width)
    $runspace = [runspacefactory]::CreateRunspace($screen)
    $runspace.Open()
    $shell = [powershell]::Create()
    $shell.Runspace = $runspace
    $manifest = (Resolve-Path "$PSScriptRoot/../../out/ApiTools").Path
    $null = $shell.AddScript("Import-Module '$manifest'; Set-Location -LiteralPath '$Folder'; $Setup").Invoke()
    @{ Screen = $screen; Shell = $shell; Runspace = $runspace }
}

function Remove-Screen($Screen) {
    $Screen.Shell.Dispose()
    $Screen.Runspace.Dispose()
}

# What a person would see of things that a command wrote; of errors too.
function Get-Screen($Screen, [object[]] $Object, [string] $Script = 'param($given) $given | Out-Default') {
    $Screen.Screen.Clear()
    $Screen.Shell.Commands.Clear()
    $null = $Screen.Shell.AddScript($Script).AddArgument($Object).Invoke()
    $lines = ($Screen.Screen.Text -replace '\x1b\[[0-9;]*m' -replace '\r') -split '\n' | ForEach-Object TrimEnd
    ($lines -join "`n").Trim("`n")
}
